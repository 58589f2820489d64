"""The hosts that botocore would call, one a line: host, signing name, region, separated by spaces.

For each service, region and partition, with FIPS and dual stack: what the service's endpoint rules answer, with each
prefix that an operation puts before it; and the names in endpoints.json that have no region of their own kind.
"""

import itertools
import re
from urllib.parse import urlparse

import botocore.session
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError

ACCOUNT = "123456789012"
# Parameters that a rule set has to be given next to region and variant.
FURTHER = {
    "acm": [{"ServiceType": "acm"}],
    "neptune-graph": [{"ApiType": "ControlPlane"}, {"ApiType": "DataPlane"}],
}

session = botocore.session.get_session()
loader = session.get_component("data_loader")
partitions = loader.load_data("partitions")


def prefixes(model):
    """What its operations put before the host, filled in."""
    given = {operation.get("endpoint", {}).get("hostPrefix", "") for operation in model["operations"].values()}
    return {re.sub(r"\{\w+\}", ACCOUNT, prefix) for prefix in given | {""}}


def by_rules(service):
    """(host, signing name, region) of each region and variant."""
    model = loader.load_service_model(service, "service-2")
    meta = model["metadata"]
    own_name = meta.get("signingName", meta["endpointPrefix"])
    rules = loader.load_service_model(service, "endpoint-rule-set-1")
    provider = EndpointProvider(rules, partitions)
    variants = itertools.product([False, True], [False, True], FURTHER.get(service, [{}]))
    for partition, (fips, dual_stack, further) in itertools.product(partitions["partitions"], list(variants)):
        for region in partition["regions"]:
            given = {"Region": region, "UseFIPS": fips, "UseDualStack": dual_stack, **further}
            known = {name: value for name, value in given.items() if name in rules["parameters"]}
            try:
                endpoint = provider.resolve_endpoint(**known)
            except EndpointProviderError:
                continue
            schemes = endpoint.properties.get("authSchemes", [])
            v4 = [scheme for scheme in schemes if scheme["name"] in ("sigv4", "sigv4-s3express")]
            if schemes and not v4:
                continue
            scheme = v4[0] if v4 else {}
            name = scheme.get("signingName", own_name)
            host = urlparse(endpoint.url).hostname
            for prefix in prefixes(model):
                yield prefix + host, name, scheme.get("signingRegion", region)


def by_endpoints():
    """The same from endpoints.json, for the services that have a model."""
    names = {}
    for service in session.get_available_services():
        meta = loader.load_service_model(service, "service-2")["metadata"]
        names.setdefault(meta["endpointPrefix"], set()).add(meta.get("signingName", meta["endpointPrefix"]))
    for partition in loader.load_data("endpoints")["partitions"]:
        for prefix, service in partition["services"].items():
            for region, endpoint in service["endpoints"].items():
                # Regions of the file's own making, such as `fips-us-east-1` and `aws-global`, are signed for as
                # credentialScope says.
                scope = {**service.get("defaults", {}), **endpoint}.get("credentialScope", {})
                if region not in partition["regions"] and "region" not in scope:
                    continue
                for variant in [endpoint, *endpoint.get("variants", [])]:
                    if "hostname" in variant and prefix in names:
                        for name in {scope["service"]} if "service" in scope else names[prefix]:
                            yield variant["hostname"], name, scope.get("region", region)


if __name__ == "__main__":
    found = {row for service in session.get_available_services() for row in by_rules(service)}
    for row in sorted(found | set(by_endpoints())):
        print(*row)
