//! The tables of RFC 6570 section 3.2, every row, and url-template's leniency.

use super::*;
use std::prelude::rust_2024::*;

/// Expands with variables by their names.
fn expand_named(template: &str, variables: &[(&str, Value<'_>)]) -> String {
    expand(template, &|_, name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value))
}

fn text(text: &str) -> Value<'_> {
    Value::Text(text)
}

/// The variables that section 3.2 defines for its tables; `undef` is not one of them.
fn variables() -> Vec<(&'static str, Value<'static>)> {
    let list = |items: &[&'static str]| Value::List(items.to_vec());
    let keys = [("semi", ";"), ("dot", "."), ("comma", ",")].to_vec();
    [
        ("count", list(&["one", "two", "three"])),
        ("dom", list(&["example", "com"])),
        ("dub", text("me/too")),
        ("hello", text("Hello World!")),
        ("half", text("50%")),
        ("var", text("value")),
        ("who", text("fred")),
        ("base", text("http://example.com/home/")),
        ("path", text("/foo/bar")),
        ("list", list(&["red", "green", "blue"])),
        ("keys", Value::Map(keys)),
        ("v", text("6")),
        ("x", text("1024")),
        ("y", text("768")),
        ("empty", text("")),
        ("empty_keys", Value::Map(Vec::new())),
    ]
    .into()
}

/// Section 3.2.1, variable expansion.
const S3_2_1: &[(&str, &str)] = &[
    ("{count}", "one,two,three"),
    ("{count*}", "one,two,three"),
    ("{/count}", "/one,two,three"),
    ("{/count*}", "/one/two/three"),
    ("{;count}", ";count=one,two,three"),
    ("{;count*}", ";count=one;count=two;count=three"),
    ("{?count}", "?count=one,two,three"),
    ("{?count*}", "?count=one&count=two&count=three"),
    ("{&count*}", "&count=one&count=two&count=three"),
];

/// Section 3.2.2, simple string expansion.
const S3_2_2: &[(&str, &str)] = &[
    ("{var}", "value"),
    ("{hello}", "Hello%20World%21"),
    ("{half}", "50%25"),
    ("O{empty}X", "OX"),
    ("O{undef}X", "OX"),
    ("{x,y}", "1024,768"),
    ("{x,hello,y}", "1024,Hello%20World%21,768"),
    ("?{x,empty}", "?1024,"),
    ("?{x,undef}", "?1024"),
    ("?{undef,y}", "?768"),
    ("{var:3}", "val"),
    ("{var:30}", "value"),
    ("{list}", "red,green,blue"),
    ("{list*}", "red,green,blue"),
    ("{keys}", "semi,%3B,dot,.,comma,%2C"),
    ("{keys*}", "semi=%3B,dot=.,comma=%2C"),
];

/// Section 3.2.3, reserved expansion.
const S3_2_3: &[(&str, &str)] = &[
    ("{+var}", "value"),
    ("{/var,empty}", "/value/"),
    ("{/var,undef}", "/value"),
    ("{+hello}", "Hello%20World!"),
    ("{+half}", "50%25"),
    ("{base}index", "http%3A%2F%2Fexample.com%2Fhome%2Findex"),
    ("{+base}index", "http://example.com/home/index"),
    ("O{+empty}X", "OX"),
    ("O{+undef}X", "OX"),
    ("{+path}/here", "/foo/bar/here"),
    ("{+path:6}/here", "/foo/b/here"),
    ("here?ref={+path}", "here?ref=/foo/bar"),
    ("up{+path}{var}/here", "up/foo/barvalue/here"),
    ("{+x,hello,y}", "1024,Hello%20World!,768"),
    ("{+path,x}/here", "/foo/bar,1024/here"),
    ("{+list}", "red,green,blue"),
    ("{+list*}", "red,green,blue"),
    ("{+keys}", "semi,;,dot,.,comma,,"),
    ("{+keys*}", "semi=;,dot=.,comma=,"),
];

/// Section 3.2.4, fragment expansion.
const S3_2_4: &[(&str, &str)] = &[
    ("{#var}", "#value"),
    ("{#hello}", "#Hello%20World!"),
    ("{#half}", "#50%25"),
    ("foo{#empty}", "foo#"),
    ("foo{#undef}", "foo"),
    ("{#x,hello,y}", "#1024,Hello%20World!,768"),
    ("{#path,x}/here", "#/foo/bar,1024/here"),
    ("{#path:6}/here", "#/foo/b/here"),
    ("{#list}", "#red,green,blue"),
    ("{#list*}", "#red,green,blue"),
    ("{#keys}", "#semi,;,dot,.,comma,,"),
];

/// Section 3.2.5, label expansion with dot-prefix.
const S3_2_5: &[(&str, &str)] = &[
    ("{.who}", ".fred"),
    ("{.who,who}", ".fred.fred"),
    ("{.half,who}", ".50%25.fred"),
    ("www{.dom*}", "www.example.com"),
    ("X{.var}", "X.value"),
    ("X{.var:3}", "X.val"),
    ("X{.empty}", "X."),
    ("X{.undef}", "X"),
    ("X{.list}", "X.red,green,blue"),
    ("X{.list*}", "X.red.green.blue"),
    ("{#keys}", "#semi,;,dot,.,comma,,"),
    ("{#keys*}", "#semi=;,dot=.,comma=,"),
    ("X{.empty_keys}", "X"),
    ("X{.empty_keys*}", "X"),
];

/// Section 3.2.6, path segment expansion.
const S3_2_6: &[(&str, &str)] = &[
    ("{/who}", "/fred"),
    ("{/who,who}", "/fred/fred"),
    ("{/half,who}", "/50%25/fred"),
    ("{/who,dub}", "/fred/me%2Ftoo"),
    ("{/var}", "/value"),
    ("{/var,empty}", "/value/"),
    ("{/var,undef}", "/value"),
    ("{/var,x}/here", "/value/1024/here"),
    ("{/var:1,var}", "/v/value"),
    ("{/list}", "/red,green,blue"),
    ("{/list*}", "/red/green/blue"),
    ("{/list*,path:4}", "/red/green/blue/%2Ffoo"),
    ("{/keys}", "/semi,%3B,dot,.,comma,%2C"),
    ("{/keys*}", "/semi=%3B/dot=./comma=%2C"),
];

/// Section 3.2.7, path-style parameter expansion.
const S3_2_7: &[(&str, &str)] = &[
    ("{;who}", ";who=fred"),
    ("{;half}", ";half=50%25"),
    ("{;empty}", ";empty"),
    ("{;hello:5}", ";hello=Hello"),
    ("{;v,empty,who}", ";v=6;empty;who=fred"),
    ("{;v,bar,who}", ";v=6;who=fred"),
    ("{;x,y}", ";x=1024;y=768"),
    ("{;x,y,empty}", ";x=1024;y=768;empty"),
    ("{;x,y,undef}", ";x=1024;y=768"),
    ("{;list}", ";list=red,green,blue"),
    ("{;list*}", ";list=red;list=green;list=blue"),
    ("{;keys}", ";keys=semi,%3B,dot,.,comma,%2C"),
    ("{;keys*}", ";semi=%3B;dot=.;comma=%2C"),
];

/// Section 3.2.8, form-style query expansion.
const S3_2_8: &[(&str, &str)] = &[
    ("{?who}", "?who=fred"),
    ("{?half}", "?half=50%25"),
    ("{?x,y}", "?x=1024&y=768"),
    ("{?x,y,empty}", "?x=1024&y=768&empty="),
    ("{?x,y,undef}", "?x=1024&y=768"),
    ("{?var:3}", "?var=val"),
    ("{?list}", "?list=red,green,blue"),
    ("{?list*}", "?list=red&list=green&list=blue"),
    ("{?keys}", "?keys=semi,%3B,dot,.,comma,%2C"),
    ("{?keys*}", "?semi=%3B&dot=.&comma=%2C"),
];

/// Section 3.2.9, form-style query continuation.
const S3_2_9: &[(&str, &str)] = &[
    ("{&who}", "&who=fred"),
    ("{&half}", "&half=50%25"),
    ("?fixed=yes{&x}", "?fixed=yes&x=1024"),
    ("{&var:3}", "&var=val"),
    ("{&x,y,empty}", "&x=1024&y=768&empty="),
    ("{&x,y,undef}", "&x=1024&y=768"),
    ("{&list}", "&list=red,green,blue"),
    ("{&list*}", "&list=red&list=green&list=blue"),
    ("{&keys}", "&keys=semi,%3B,dot,.,comma,%2C"),
    ("{&keys*}", "&semi=%3B&dot=.&comma=%2C"),
];

#[test]
fn every_table_of_the_rfc() {
    let tables = [
        ("3.2.1", S3_2_1),
        ("3.2.2", S3_2_2),
        ("3.2.3", S3_2_3),
        ("3.2.4", S3_2_4),
        ("3.2.5", S3_2_5),
        ("3.2.6", S3_2_6),
        ("3.2.7", S3_2_7),
        ("3.2.8", S3_2_8),
        ("3.2.9", S3_2_9),
    ];
    let variables = variables();
    let mut rows = 0;
    for (section, table) in tables {
        for (template, expected) in table {
            let names = names(template);
            let in_order = expand(template, &|number, name| {
                assert_eq!(names[number], name);
                variables.iter().find(|(known, _)| known == &names[number]).map(|(_, value)| value)
            });
            assert_eq!(in_order, *expected, "by their numbers: {template}");
            assert_eq!(expand_named(template, &variables), *expected, "section {section}: {template}");
            rows += 1;
        }
    }
    assert_eq!(rows, 116);
}

#[test]
fn malformed_templates_are_text() {
    let variables = [("a", text("1")), ("b", text("2"))];
    for (template, expected) in [
        ("", ""),
        ("{", "{"),
        ("}", "}"),
        ("{}", "{}"),
        ("{a", "{a"),
        ("a}", "a}"),
        ("{{a}}", "{1}"),
        ("{a}{", "1{"),
        ("{a}{b}", "12"),
        ("{=a}", ""),
        ("{!a}", ""),
        ("{a,}", "1"),
        ("{,a}", "1"),
        ("{a:}", "1"),
        ("{a:x}", "1"),
        ("{a:0}", ""),
        ("{a:99999999999999999999}", "1"),
        ("{a*:3}", "1"),
        ("{+}", ""),
        ("{?}", ""),
        ("日本{a}", "%E6%97%A5%E6%9C%AC1"),
    ] {
        assert_eq!(expand_named(template, &variables), expected, "{template}");
    }
}

#[test]
fn triplets_and_characters() {
    for (template, value, expected) in [
        ("{x}", "é日🙂", "%C3%A9%E6%97%A5%F0%9F%99%82"),
        ("{x}", "!'()*", "%21%27%28%29%2A"),
        ("{x}", "%2F", "%252F"),
        ("{+x}", "%2f%zz%", "%2f%25zz%25"),
        ("{#x}", "a b/%41", "#a%20b/%41"),
        // Counted in characters, never cut inside one.
        ("{x:2}", "日本語", "%E6%97%A5%E6%9C%AC"),
    ] {
        assert_eq!(expand_named(template, &[("x", text(value))]), expected, "{template} {value}");
    }
}

#[test]
fn names_in_their_order() {
    for (template, expected) in [
        ("/a/{b}{?c*,d:3}{&e}", &["b", "c", "d", "e"][..]),
        ("{+x}{x}", &["x", "x"]),
        ("no{", &[]),
        ("{}", &[]),
        ("{a.b,%41}", &["a.b", "%41"]),
    ] {
        assert_eq!(names(template), expected, "{template}");
    }
}
