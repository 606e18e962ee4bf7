fn main() {
    for e in activation_core::all() {
        let i = e.info();
        println!(
            "{}\n  f   = {}\n  f'  = {}\n  f'' = {}",
            i.name, i.formula, i.derivative, i.second_derivative
        );
        for p in i.parameters {
            println!("  d/d{} = {}", p.name, p.derivative);
        }
    }
}
