//! Settles when the program is linked where it lies in memory, which the system would else do at each
//! start: docs/decisions/0045-fixed-addresses.md says what that is worth.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, values: &[&str]| {
        env::var(name).is_ok_and(|value| values.contains(&value.as_str()))
    };
    if is("PROFILE", &["release"])
        && is("CARGO_CFG_TARGET_OS", &["linux"])
        && is("CARGO_CFG_TARGET_ENV", &["gnu"])
        && is("CARGO_CFG_TARGET_ARCH", &["x86_64", "aarch64"])
    {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
