//! The manifest: mistakes in it show on somebody else's machine, much later.

use std::fs;
use std::path::Path;

fn manifest(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn section<'a>(text: &'a str, name: &str) -> &'a str {
    let start = text.find(&format!("[{name}]\n")).unwrap_or_else(|| panic!("no section {name}"));
    let rest = &text[start + name.len() + 3..];
    &rest[..rest.find("\n[").unwrap_or(rest.len())]
}

fn line<'a>(section: &'a str, name: &str) -> &'a str {
    section
        .lines()
        .find(|line| line.starts_with(&format!("{name} = ")))
        .unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn python_is_optional_and_off_by_default() {
    let manifest = manifest("Cargo.toml");
    let dependencies = section(&manifest, "dependencies");
    for name in ["pyo3", "pythonize"] {
        assert!(line(dependencies, name).contains("optional = true"), "{name} is not optional");
    }
    assert_eq!(
        line(section(&manifest, "features"), "default"),
        r#"default = ["emulator", "export", "runs"]"#
    );
    for name in ["emulator", "export", "runs"] {
        assert!(!line(section(&manifest, "features"), name).contains("pyo3"), "{name} needs Python");
    }
}

#[test]
fn only_maturin_links_an_extension() {
    assert!(!manifest("Cargo.toml").contains("extension-module"));
    let project = manifest("pyproject.toml");
    assert_eq!(line(section(&project, "tool.maturin"), "features"), r#"features = ["python"]"#);
}

#[test]
fn one_wheel_serves_every_python_from_3_10() {
    let text = manifest("Cargo.toml");
    assert!(line(section(&text, "dependencies"), "pyo3").contains("abi3-py310"));
    assert!(manifest("pyproject.toml").contains(r#"requires-python = ">=3.10""#));
}

#[test]
fn a_panic_never_ends_the_interpreter() {
    assert!(!manifest("Cargo.toml").contains(r#"panic = "abort""#));
}

#[test]
fn no_unsafe_code() {
    assert!(manifest("Cargo.toml").contains(r#"unsafe_code = "forbid""#));
}
