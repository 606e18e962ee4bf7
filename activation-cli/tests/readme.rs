//! Every line of output that README.md shows is what the command prints.

use std::path::Path;
use std::process::Command;

#[test]
fn the_readme_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = std::fs::read_to_string(root.join("README.md")).expect("README.md is there");
    let folder = Path::new(env!("CARGO_BIN_EXE_activation")).parent().expect("the binary is in a folder");
    let mut compared = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().expect("blocks end");
        for session in block.split("$ ").skip(1) {
            let (command, expected) = session.split_once('\n').expect("a command and its output");
            let path = std::env::join_paths(
                std::iter::once(folder.to_path_buf())
                    .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
            )
            .expect("a path");
            let output = Command::new("sh")
                .args(["-c", &format!("{command} 2>&1")])
                .current_dir(&root)
                .env("PATH", path)
                .output()
                .expect("sh runs");
            let printed = String::from_utf8(output.stdout).expect("text");
            assert_eq!(printed.trim_end(), expected.trim_end(), "$ {command}");
            compared += 1;
        }
    }
    assert!(compared >= 4, "only {compared} commands were found in README.md");
}
