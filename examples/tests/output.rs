//! Every example prints what stands beside it. `UPDATE_DOCS=1` writes that anew.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn examples_print_what_stands_beside_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the examples are there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name of letters"))
        .filter_map(|name| name.strip_suffix(".rs").map(String::from))
        .collect();
    names.sort();
    assert!(names.len() >= 4, "{names:?}");
    for name in names {
        // From the root and of the profile under test, so that nothing is built twice.
        let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--profile", profile, "--example", &name])
            .current_dir(folder.join(".."))
            .output()
            .expect("cargo runs");
        let (printed, told) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{name}:\n{told}");
        let beside = folder.join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(beside, &*printed).expect("the file can be written");
        } else {
            assert_eq!(printed, fs::read_to_string(beside).expect("what it prints"), "{name}");
        }
    }
}
