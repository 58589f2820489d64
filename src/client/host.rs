//! What a host's name says: the service, by its name in a credential scope, and the region. It never guesses:
//! where AWS uses one name for several services or regions, it returns none.
//!
//! `host/services.txt` lists the names without their domain. A line has a service (`-` for none, `=` for the
//! label next to the region) and the patterns of its names, label by label: `R` matches a region, `?`
//! anything, both also at the end of a label, and `*` one or more labels. The first matching pattern decides;
//! the last line is the general rule, that the name contains the service to sign for. FIPS names are the same
//! names with `-fips` in a label. `tests/signer/hosts.test.mjs` checks every host that botocore would call.

use super::error::{Error, harmless};
use crate::ascii::{ALPHANUMERIC, AsciiSet, LOWER_CASE};
use crate::buffer::Buffer;
use crate::text::{before_any, contains, number, rsplit_once, slice, split_any, split_once};

const SERVICES: &str = include_str!("host/services.txt");

/// The domains of AWS's endpoints and, if it is the same for all services, the region of names without one.
/// <https://docs.aws.amazon.com/general/latest/gr/rande.html>, and `dnsSuffix` and `dualStackDnsSuffix` of
/// the SDKs' partitions.
const DOMAINS: &str = "\
    amazonaws.com=us-east-1 api.aws=us-east-1 on.aws= \
    amazonaws.com.cn= api.amazonwebservices.com.cn= \
    amazonaws.eu=eusc-de-east-1 api.amazonwebservices.eu=eusc-de-east-1 \
    c2s.ic.gov=us-iso-east-1 api.aws.ic.gov=us-iso-east-1 \
    sc2s.sgov.gov=us-isob-east-1 api.aws.scloud=us-isob-east-1 \
    cloud.adc-e.uk=eu-isoe-west-1 api.cloud-aws.adc-e.uk=eu-isoe-west-1 \
    csp.hci.ic.gov=us-isof-south-1 api.aws.hci.ic.gov=us-isof-south-1";

/// What a host's name says. A text is empty if the name does not contain it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host<'a> {
    /// `api` (an API of API Gateway), `vpc-endpoint` (a VPC endpoint's own name), `regional`, `global`, `aws`
    /// (any other name of AWS's) or `custom`.
    pub kind: &'static str,
    /// The service's name in a credential scope.
    pub service: &'a str,
    /// The region to sign for.
    pub region: &'a str,
    /// The API's id in an `execute-api` name.
    pub api_id: &'a str,
}

/// Reads a host's name in lower case, with or without a port. At the same name MQTT over WebSocket is signed
/// for another service than HTTP.
#[must_use]
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn read(host: &str, web_socket: bool) -> Host<'_> {
    let nothing = Host { kind: "custom", service: "", region: "", api_id: "" };
    let name = before_any(host, ":");
    let name = name.strip_suffix(".").unwrap_or(name);
    let Some((domain, labels, global_region)) = split_any(DOMAINS, " ").find_map(|row| {
        let (domain, region) = split_once(row, "=")?;
        Some((domain, name.strip_suffix(domain)?.strip_suffix(".")?, region))
    }) else {
        return nothing;
    };
    let aws = Host { kind: "aws", ..nothing };
    let vpc_endpoint = labels.strip_suffix(".vpce").map(after_endpoint);
    let labels = vpc_endpoint.unwrap_or(labels);
    let Some((mut service, named)) = find(labels) else { return aws };
    let region = if named.is_empty() { global_region } else { named };
    // Names in this domain belong to customers' resources.
    let (first, rest) = split_once(labels, ".").unwrap_or((labels, ""));
    if service == "-" || region.is_empty() || domain == "on.aws" && rest == named {
        return aws;
    }
    let mut api_id = "";
    if service == "=" {
        let (front, last) = rsplit_once(labels, b'.');
        service = plain(match named {
            "" => first,
            _ if last == named => rsplit_once(front, b'.').1,
            _ => last,
        });
    } else if service == "execute-api" && vpc_endpoint.is_none() && contains(rest, ".") {
        api_id = id_in(first);
    } else if service == "iotdata" && web_socket {
        service = "iotdevicegateway";
    }
    let kind = match (vpc_endpoint, api_id, named) {
        (Some(_), ..) => "vpc-endpoint",
        (_, "", "") => "global",
        (_, "", _) => "regional",
        _ => "api",
    };
    Host { kind, service, region, api_id }
}

/// The service of the first pattern that matches the labels, and their region.
fn find(labels: &str) -> Option<(&'static str, &str)> {
    split_any(SERVICES, "\n").find_map(|line| {
        let (service, patterns) = split_once(line, " ")?;
        Some((service, split_any(patterns, " ").find_map(|pattern| region_by(pattern, labels))?))
    })
}

/// The region of labels that match a pattern; empty if the pattern has none.
fn region_by<'a>(mut pattern: &str, mut labels: &'a str) -> Option<&'a str> {
    let mut region = "";
    while !pattern.is_empty() {
        let (wanted, label);
        (pattern, wanted) = rsplit_once(pattern, b'.');
        if wanted == "*" {
            return (!labels.is_empty()).then_some(region);
        }
        (labels, label) = rsplit_once(labels, b'.');
        if let Some(start) = wanted.strip_suffix("R") {
            region = label.strip_prefix(start).filter(|rest| is_region(rest))?;
        } else if let Some(start) = wanted.strip_suffix("?") {
            label.strip_prefix(start).filter(|rest| !rest.is_empty())?;
        } else if wanted != plain(label) {
            return None;
        }
    }
    labels.is_empty().then_some(region)
}

/// Whether a text has the form of AWS's regions: `us-east-1`, `us-gov-west-1`.
#[must_use]
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn is_region(text: &str) -> bool {
    let (words, digits) = rsplit_once(text, b'-');
    let is_word = |word: &str| word.len() > 1 && LOWER_CASE.has_all(word);
    let area = before_any(words, "-");
    contains(words, "-")
        && (area.len() == 2 || area == "eusc")
        && digits.len() < 3
        && number(digits).is_some()
        && split_any(words, "-").all(is_word)
}

/// Refuses anything but a set of regions: their codes separated by commas, where `*` stands for any
/// characters.
///
/// # Errors
/// Says what was expected, and what was passed.
#[cfg(feature = "v4a")]
pub fn check_region_set(set: &str) -> Result<(), Error> {
    const CODE: AsciiSet = LOWER_CASE.with("0123456789-*");
    if set.is_empty() {
        Err(Error::missing("regionSet"))
    } else if split_any(set, ",").all(|region| !region.is_empty() && CODE.has_all(region)) {
        Ok(())
    } else {
        let expected = "regions' codes with commas between them, such as us-east-1,eu-west-1, or *";
        Err(Error::must_be("regionSet", expected, harmless(set)))
    }
}

/// Refuses anything but a region to sign for. For S3 any characters are allowed, because other stores choose
/// their own names.
///
/// # Errors
/// Says what was expected, and what was passed.
pub fn check_region(region: &str, service: &str) -> Result<(), Error> {
    const CODE: AsciiSet = LOWER_CASE.with("0123456789-_");
    let expected = if region == "*" {
        "one region (* belongs to SigV4a: see gatesign/v4a)"
    } else if is_region(slice(region, 0, region.len().saturating_sub(1))) && !is_region(region) {
        "a region (this is one of its availability zones)"
    } else if !service.starts_with("s3") && !CODE.has_all(region) {
        "a region's code, such as us-east-1"
    } else {
        return Ok(());
    };
    Err(Error::must_be("region", expected, harmless(region)))
}

/// Appends why AWS will refuse a signature for this region and service at this host; nothing if no reason is
/// known.
pub fn warning(out: &mut Buffer, host: &Host<'_>, region: &str, service: &str) {
    let (what, named, signed) = if host.region != region {
        ("region ", host.region, region)
    } else if host.service != service && !host.service.starts_with("iot") {
        ("service ", host.service, service)
    } else {
        return;
    };
    if !named.is_empty() && !signed.is_empty() {
        out.push_all(&[
            "The host's name tells the ",
            what,
            named,
            ", and the signature is for ",
            signed,
            ".",
        ]);
    }
}

/// The text after the id of a VPC endpoint: the name of its service's endpoint.
fn after_endpoint(labels: &str) -> &str {
    let (mut rest, mut after) = (labels, labels);
    while let Some((label, next)) = split_once(rest, ".") {
        if label.starts_with("vpce-") {
            after = next;
        }
        rest = next;
    }
    after
}

/// The id in `{id}` or `{id}-vpce-{…}`; the target of a custom domain's DNS record (`d-…`) has none.
fn id_in(label: &str) -> &str {
    let (id, endpoint) = split_once(label, "-").unwrap_or((label, "vpce-"));
    let is_id = id == "*" || ALPHANUMERIC.has_all(id);
    if is_id && endpoint.starts_with("vpce-") { id } else { "" }
}

/// A label without its FIPS part.
fn plain(label: &str) -> &str {
    label.strip_suffix("-fips").unwrap_or(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn reads_the_names_of_the_table() {
        let mut count = 0;
        for line in include_str!("host/hosts.txt").lines().filter(|line| !line.starts_with('#')) {
            let [host, kind, service, region, api_id] = *line.split_whitespace().collect::<Vec<_>>() else {
                std::panic!("{line}");
            };
            let text = |word: &'static str| if word == "-" { "" } else { word };
            let [service, region, api_id] = [service, region, api_id].map(text);
            let web_socket = service == "iotdevicegateway";
            for host in [host.to_owned(), std::format!("{host}:8443"), std::format!("{host}.")] {
                assert_eq!(read(&host, web_socket), Host { kind, service, region, api_id }, "{host}");
            }
            count += 1;
        }
        assert!(count > 50);
    }

    #[test]
    fn a_region_is_written_as_aws_writes_it() {
        for region in ["us-east-1", "us-gov-west-1", "eusc-de-east-1", "us-isob-east-1", "ap-southeast-12"] {
            assert!(is_region(region), "{region}");
        }
        for text in [
            "",
            "-",
            "us-east",
            "us-east-1a",
            "US-EAST-1",
            "east-1",
            "*",
            "us--east-1",
            "ec2-10-0-0-1",
            "fips-us-east-1",
            "é-é-1",
        ] {
            assert!(!is_region(text), "{text}");
        }
    }

    #[test]
    fn any_text_is_read() {
        let parts = ["", ".", "a", "vpce", "vpce-", "us-east-1", "amazonaws.com", ":", "on.aws", "s3", "é"];
        for number in 0..parts.len().pow(4) {
            let host = [1, 11, 121, 1331].map(|place| parts[number / place % 11]).join(".");
            let read = read(&host, false);
            assert_eq!(read.region.is_empty(), read.service.is_empty(), "{host}");
        }
    }
}
