//! Kernels run one thread after the other, by a C++ compiler and a program of loops around them.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// An argument of a kernel.
pub(crate) enum Argument {
    /// An array, as bytes.
    From(Vec<u8>),
    /// A number.
    Number(usize),
    /// An array of so many bytes, which begins as zeros.
    To(usize),
}

/// One launch: the kernel's name, its arguments, and how many threads there are.
pub(crate) struct Launch {
    pub(crate) kernel: String,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) threads: usize,
}

/// What CUDA has and C++ has not. An array goes to a parameter of whatever type.
const HEAD: &str = r#"
#include <cmath>
#include <cstdio>
#include <cstdlib>
#define __device__
#define __global__
static struct { unsigned x; } blockIdx, blockDim, threadIdx;
struct Array {
    void *at;
    explicit Array(size_t bytes) : at(calloc(bytes + 1, 1)) {}
    template <typename T> operator T *() const { return (T *)at; }
};
static Array from(size_t bytes) {
    Array array(bytes);
    if (fread(array.at, 1, bytes, stdin) != bytes) exit(2);
    return array;
}
"#;

/// What every launch writes, array after array; `None`, loudly, where there is no compiler.
pub(crate) fn run(name: &str, text: &str, launches: &[Launch]) -> Option<Vec<Vec<u8>>> {
    let compiler = std::env::var("CXX").unwrap_or_else(|_| "c++".into());
    if Command::new(&compiler).arg("--version").output().is_err() {
        eprintln!("SKIPPED: kernels of {name} were not run, because there is no C++ compiler `{compiler}`");
        return None;
    }
    let (mut main, mut input, mut lengths) = (String::new(), Vec::new(), Vec::new());
    for launch in launches {
        let (mut before, mut call, mut after) = (String::new(), Vec::new(), String::new());
        for (place, argument) in launch.arguments.iter().enumerate() {
            match argument {
                Argument::From(bytes) => {
                    writeln!(before, "    Array a{place} = from({});", bytes.len()).unwrap();
                    input.extend_from_slice(bytes);
                    call.push(format!("a{place}"));
                }
                Argument::Number(number) => call.push(number.to_string()),
                Argument::To(bytes) => {
                    writeln!(before, "    Array a{place}({bytes});").unwrap();
                    writeln!(after, "    fwrite(a{place}.at, 1, {bytes}, stdout);").unwrap();
                    lengths.push(*bytes);
                    call.push(format!("a{place}"));
                }
            }
        }
        // More threads than are asked for, as there are on a GPU.
        let blocks = launch.threads.div_ceil(64);
        write!(
            main,
            "    {{\n{before}    blockDim.x = 64;\n    for (blockIdx.x = 0; blockIdx.x < {blocks}; blockIdx.x++)\n    \
             for (threadIdx.x = 0; threadIdx.x < 64; threadIdx.x++) {}({});\n{after}    }}\n",
            launch.kernel,
            call.join(", ")
        )
        .unwrap();
    }
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("kernels");
    std::fs::create_dir_all(&folder).expect("a folder for programs");
    let (source, program) = (folder.join(format!("{name}.cpp")), folder.join(name));
    std::fs::write(&source, format!("{HEAD}{text}\nint main() {{\n{main}}}\n")).expect("a program");
    let status = Command::new(&compiler).arg("-O1").arg("-w").arg(&source).arg("-o").arg(&program).status();
    assert!(status.expect("the compiler runs").success(), "{} does not compile", source.display());
    let mut child =
        Command::new(&program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    // Arrays are read before anything is written.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("all is read");
    assert!(output.status.success(), "{name}: {}", output.status);
    let mut rest = &output.stdout[..];
    Some(
        lengths
            .into_iter()
            .map(|length| {
                let (one, others) = rest.split_at(length);
                rest = others;
                one.to_vec()
            })
            .collect(),
    )
}
