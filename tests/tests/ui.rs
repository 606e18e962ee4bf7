//! What a mistake in `define_activation!` looks like, folder by folder, and what is no mistake.
//!
//! Each file is one theme; its `.stderr` shows one error a mistake, on the token concerned, with the cure. After a change
//! of wording: `TRYBUILD=overwrite cargo test -p activation-tests --test ui`, then read every difference.

#[test]
fn mistakes_are_reported_where_they_stand() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    for kind in [
        "syntax",
        "names",
        "numbers",
        "parameters",
        "conditions",
        "limits",
        "declarations",
        "certificate",
        "together",
    ] {
        cases.compile_fail(format!("ui/{kind}/*.rs"));
    }
}
