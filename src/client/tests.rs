//! Tests from a call to the exact request: URL, headers, and what is signed.

use super::template::Value;
use super::*;
use crate::Credentials;
use std::format;
use std::prelude::rust_2024::*;

const HOST: &str = "abc123.execute-api.eu-west-1.amazonaws.com";
const NOW: &str = "20250509T163523Z";

/// A client of `https://HOST/prod`; `signs` with temporary credentials.
fn client(signs: bool) -> Client {
    client_with(signs, "", &[], "")
}

fn client_with(signs: bool, api_key: &str, headers: &[(&str, &str)], host: &str) -> Client {
    client_of(&format!("https://{HOST}"), "/prod", signs, api_key, headers, host)
}

fn client_of(
    origin: &str,
    path: &str,
    signs: bool,
    api_key: &str,
    headers: &[(&str, &str)],
    host: &str,
) -> Client {
    let mut client = Client::new(&Options {
        invoke_url: &format!("{origin}{path}"),
        origin,
        region: "eu-west-1",
        service: "execute-api",
        api_key,
        accept: "application/json",
        host,
        signs,
        headers,
        ..Options::default()
    })
    .unwrap();
    if signs {
        let token = Some("token+/=".into());
        client.set_credentials(Credentials::new("AKIDEXAMPLE".into(), "secret".into(), token)).unwrap();
    }
    client
}

fn now() -> Timestamp {
    Timestamp::parse(NOW).unwrap()
}

fn get<'a>() -> Call<'a> {
    Call {
        absolute: false,
        template: "/movies",
        variables: &|_, _| None,
        method: "GET",
        headers: &[],
        parameters: &[],
        content_type: "",
        has_body: false,
    }
}

fn prepare(client: &Client, call: &Call<'_>) -> Prepared {
    client.prepare(call, Payload::Empty, now()).unwrap()
}

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
    prepared.headers().iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}

#[test]
fn an_unsigned_call_is_what_was_asked_for() {
    let prepared = prepare(&client(false), &Call { method: "get", ..get() });
    assert_eq!(prepared.method(), "GET");
    assert_eq!(prepared.url(), format!("https://{HOST}/prod/movies"));
    assert!(prepared.headers().iter().eq([("accept", "application/json")]));
    assert!(prepared.signed().is_none());
}

#[test]
fn a_signed_call_signs_what_it_sends() {
    let value = Value::Text("a b/ü");
    let parameters = [("z", "1"), ("a", "*'()!"), ("a", "")];
    let call = Call {
        template: "/movies/{id}{?id}",
        variables: &|_, name| (name == "id").then_some(&value),
        method: "post",
        headers: &[("X-Custom", "  two  spaces "), ("Authorization", "mine"), ("Origin", "x")],
        parameters: &parameters,
        content_type: "application/json",
        has_body: true,
        ..get()
    };
    let prepared = client(true).prepare(&call, Payload::Bytes(b"{}"), now()).unwrap();
    let query = "id=a%20b%2F%C3%BC&a=%2A%27%28%29%21&a=&z=1";
    assert_eq!(prepared.url(), format!("https://{HOST}/prod/movies/a%20b%2F%C3%BC?{query}"));
    let signed = prepared.signed().unwrap();
    assert_eq!(
        signed.canonical_request(),
        format!(
            "POST\n/prod/movies/a%2520b%252F%25C3%25BC\na=&a=%2A%27%28%29%21&id=a%20b%2F%C3%BC&z=1\n\
             accept:application/json\ncontent-type:application/json\nhost:{HOST}\nx-amz-date:{NOW}\n\
             x-amz-security-token:token+/=\nx-custom:two spaces\n\n\
             accept;content-type;host;x-amz-date;x-amz-security-token;x-custom\n\
             44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        )
    );
    assert_eq!(header(&prepared, "x-custom"), Some("two  spaces"));
    assert_eq!(header(&prepared, "x-amz-date"), Some(NOW));
    assert_eq!(header(&prepared, "x-amz-security-token"), Some("token+/="));
    assert_eq!(header(&prepared, "origin"), Some("x"), "sent where the platform takes it, never signed");
    let authorization = header(&prepared, "authorization").unwrap();
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250509/eu-west-1/execute-api/")
    );
    assert!(authorization.ends_with(signed.signature()), "{authorization}");
}

#[test]
fn every_target_stays_on_the_origin() {
    for (template, value, path) in [
        ("", "", "/prod"),
        ("@evil.example/x", "", "/prod@evil.example/x"),
        ("{+v}", "//evil.example", "/prod//evil.example"),
        ("{+v}", "\\\\evil.example", "/prod%5C%5Cevil.example"),
        ("/{+v}", "https://evil.example/", "/prod/https://evil.example/"),
        ("{v}", "@evil.example", "/prod%40evil.example"),
        (".evil.example", "", "/prod.evil.example"),
        ("/../..//evil.example", "", "//evil.example"),
        ("\t\n/x", "", "/prod%09%0A/x"),
    ] {
        let text = Value::Text(value);
        let call = Call { template, variables: &|_, _| Some(&text), ..get() };
        for signs in [true, false] {
            let prepared = prepare(&client(signs), &call);
            let url = prepared.url();
            assert!(url.starts_with(&format!("https://{HOST}/")), "{template} {value}: {url}");
            assert_eq!(url, format!("https://{HOST}{path}"), "{template} {value}");
        }
    }
}

#[test]
fn a_parameter_cannot_climb() {
    for value in [".", ".."] {
        let text = Value::Text(value);
        let call = Call { template: "/users/{v}/x", variables: &|_, _| Some(&text), ..get() };
        let error = client(true).prepare(&call, Payload::Empty, now()).err().unwrap();
        assert_eq!(error.argument(), "pathParams", "{value}");
    }
}

#[test]
fn headers_of_the_call_win_and_the_signers_own_are_its_own() {
    for (config, call, name, expected) in [
        (("X-A", "config"), ("x-a", "call"), "x-a", Some("call")),
        (("X-A", "config"), ("X-B", "call"), "x-a", Some("config")),
        (("x-b", "1"), ("ACCEPT", "text/plain"), "accept", Some("text/plain")),
        (("x-b", "1"), ("X-Amz-Date", "20000101T000000Z"), "x-amz-date", Some(NOW)),
        (("x-b", "1"), ("X-Amz-Security-Token", "mine"), "x-amz-security-token", Some("token+/=")),
        (("x-b", "1"), ("Host", "evil.example"), "host", None),
        (("x-b", "1"), ("Content-Length", "9"), "content-length", None),
        (("x-b", "1"), ("Content-Type", "text/plain"), "content-type", None),
    ] {
        let client = client_with(true, "", &[config], "");
        let prepared = prepare(&client, &Call { headers: &[call], ..get() });
        assert_eq!(header(&prepared, name), expected, "{call:?}");
        let names: Vec<&str> = prepared.headers().iter().map(|(name, _)| name).collect();
        assert!(
            names.iter().all(|name| names.iter().filter(|other| *other == name).count() == 1),
            "{names:?}"
        );
    }
}

#[test]
fn headers_that_http_or_a_signature_cannot_have_are_refused() {
    for given in [("x a", "1"), ("x", "a\nb"), ("x", "日"), ("", "")] {
        let call = Call { headers: &[given], ..get() };
        for signs in [true, false] {
            let error = client(signs).prepare(&call, Payload::Empty, now()).err().unwrap();
            assert_eq!(error.argument(), "headers", "{given:?}");
            let told = if given.0 == "x" { " in \"x\"" } else { "names that HTTP allows" };
            assert!(error.text().contains(told), "{error}");
        }
    }
    let latin = Call { headers: &[("x", "é")], ..get() };
    assert!(client(true).prepare(&latin, Payload::Empty, now()).is_err());
    assert!(client(false).prepare(&latin, Payload::Empty, now()).is_ok());
}

#[test]
fn an_api_key_goes_with_every_request_and_is_signed() {
    for signs in [true, false] {
        let prepared = prepare(&client_with(signs, "key", &[], ""), &get());
        assert_eq!(header(&prepared, "x-api-key"), Some("key"));
        if let Some(signed) = prepared.signed() {
            assert_eq!(signed.signed_headers(), "accept;host;x-amz-date;x-amz-security-token;x-api-key");
        }
    }
}

#[test]
fn a_private_api_is_named_in_a_header() {
    for (host, expected) in [
        ("xyz789.execute-api.eu-west-1.amazonaws.com", Some("xyz789")),
        ("ABC123.execute-api.eu-west-1.amazonaws.com", None),
        ("", None),
    ] {
        let prepared = prepare(&client_with(true, "", &[], host), &get());
        assert_eq!(header(&prepared, "x-apigw-api-id"), expected, "{host}");
        assert!(prepared.signed().unwrap().canonical_request().contains(&format!("\nhost:{HOST}\n")));
    }
}

#[test]
fn methods_that_fetch_cannot_send_are_refused() {
    for (method, has_body, fine) in [
        ("get", false, true),
        ("Patch", true, true),
        ("PURGE", false, true),
        ("GET", true, false),
        ("head", true, false),
        ("", false, false),
        ("G T", false, false),
        ("connect", false, false),
        ("TRACE", false, false),
        ("TRACK", false, false),
    ] {
        let call = Call { method, has_body, ..get() };
        let result = client(true).prepare(&call, Payload::Empty, now());
        assert_eq!(result.is_ok(), fine, "{method}");
        if let Ok(prepared) = result {
            assert_eq!(prepared.method(), method.to_ascii_uppercase());
        }
    }
}

#[test]
fn a_presigned_url_carries_the_signature_and_the_token() {
    let signing = client(true);
    let parameters = [("b", "2"), ("X", "é")];
    let call = Call { parameters: &parameters, ..get() };
    let presigned = signing.presign(&call, Payload::Empty, 300, now()).unwrap();
    let url = presigned.url();
    let expected = format!(
        "https://{HOST}/prod/movies?X=%C3%A9&X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIDEXAMPLE%2F20250509%2Feu-west-1%2Fexecute-api%2Faws4_request&X-Amz-Date={NOW}\
         &X-Amz-Expires=300&X-Amz-Security-Token=token%2B%2F%3D&X-Amz-SignedHeaders=host&b=2&X-Amz-Signature="
    );
    let signature = url.strip_prefix(&expected).expect(url);
    let query = "X=%C3%A9&b=2";
    let payload = Payload::Empty;
    let request = Request { method: "GET", host: HOST, path: "/prod/movies", query, headers: &[], payload };
    assert_eq!(
        signature,
        signing.signer.as_ref().unwrap().presign(&request, 300, now()).unwrap().signature()
    );
    for expires in [0, 604_801, u32::MAX] {
        assert_eq!(signing.presign(&call, Payload::Empty, expires, now()).err(), Some(Error::expires()));
    }
    let unsigned = client(false).presign(&call, Payload::Empty, 300, now()).err().unwrap();
    assert_eq!(unsigned.argument(), "accessKey");
}

#[test]
fn hosts_with_ports_and_addresses_are_signed_as_they_are_sent() {
    for (origin, host) in [
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://[::1]:3000", "[::1]:3000"),
        ("http://[2001:db8::7]", "[2001:db8::7]"),
        ("wss://a.b", "a.b"),
    ] {
        let client = client_of(origin, "", true, "", &[], "");
        let prepared = prepare(&client, &Call { template: "", ..get() });
        assert_eq!(prepared.url(), format!("{origin}/"));
        let signed = prepared.signed().unwrap();
        assert!(
            signed
                .canonical_request()
                .starts_with(&format!("GET\n/\n\naccept:application/json\nhost:{host}\n"))
        );
    }
}
