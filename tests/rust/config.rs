//! Settings from arguments and the environment.

use std::time::Duration;

use twelvelabs_batches::client::{Config, DEFAULT_BASE_URL, Given};
use twelvelabs_batches::error::{Error, Kind};

fn resolve(given: Given, environment: &[(&str, &str)]) -> Result<Config, Error> {
    Config::resolve(given, |name| {
        environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    })
}

fn with_key() -> Given {
    Given { api_key: Some("k".to_owned()), ..Given::default() }
}

fn refused(given: Given, environment: &[(&str, &str)]) -> String {
    resolve(given, environment).unwrap_err().to_string()
}

#[test]
fn the_key_is_taken_from_the_first_place_that_has_one() {
    let both = [("TWELVE_LABS_API_KEY", "first"), ("TWELVELABS_API_KEY", "second")];
    let key =
        |given, environment: &[_]| resolve(given, environment).unwrap().transport.api_key.expose().to_owned();
    assert_eq!(key(with_key(), &both), "k");
    assert_eq!(key(Given::default(), &both), "first");
    assert_eq!(key(Given::default(), &both[1..]), "second");
    let empty = Given { api_key: Some("  ".to_owned()), ..Given::default() };
    assert_eq!(key(empty, &both), "first", "an empty key counts as none");
}

#[test]
fn no_key_names_both_variables() {
    let error = resolve(Given::default(), &[("TWELVE_LABS_API_KEY", " ")]).unwrap_err();
    assert!(matches!(error.kind(), Kind::MissingApiKey));
    let told = error.to_string();
    assert!(told.contains("TWELVE_LABS_API_KEY") && told.contains("TWELVELABS_API_KEY"), "{told}");
}

#[test]
fn the_base_url_of_the_environment_is_used_only_when_none_is_given() {
    let environment = [("TWELVELABS_BASE_URL", "http://env:1/v1.3")];
    let url = |given, environment: &[_]| resolve(given, environment).unwrap().transport.base_url.to_string();
    assert_eq!(url(with_key(), &[]), DEFAULT_BASE_URL);
    assert_eq!(url(with_key(), &environment), "http://env:1/v1.3");
    let given = Given { base_url: Some("https://own/x".to_owned()), ..with_key() };
    assert_eq!(url(given, &environment), "https://own/x");
}

#[test]
fn unusable_settings_say_what_is_allowed() {
    let at = |address: &str| Given { base_url: Some(address.to_owned()), ..with_key() };
    for address in
        ["", "not an address", "ftp://host/", "file:///etc", "http://u:p@host/", "http://host/?a=1"]
    {
        let told = refused(at(address), &[]);
        assert!(told.starts_with("base_url:") && told.contains(DEFAULT_BASE_URL), "{told}");
        assert!(!told.contains("u:p"), "{told}");
    }
    let told = refused(with_key(), &[("TWELVELABS_BASE_URL", "nonsense")]);
    assert!(told.starts_with("TWELVELABS_BASE_URL:"), "{told}");
    let headers = Given { headers: vec![("x".to_owned(), "a\nb".to_owned())], ..with_key() };
    assert!(refused(headers, &[]).contains("line break"));
    let key = Given { api_key: Some("secret\n1".to_owned()), ..Given::default() };
    let told = refused(key, &[]);
    assert!(told.starts_with("api_key:") && !told.contains("secret"), "{told}");
}

#[test]
fn settings_never_print_the_key() {
    let config = resolve(Given { api_key: Some("tlk_secret".to_owned()), ..Given::default() }, &[]).unwrap();
    assert!(!format!("{config:?}").contains("secret"));
    assert_eq!(config.transport.timeouts.total, Duration::from_secs(600));
    assert_eq!(config.max_retries, 2);
}
