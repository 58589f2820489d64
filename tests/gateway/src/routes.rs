//! Which resource a request names, and what that resource asks of the caller.

use percent_encoding::percent_decode_str;

/// The one stage.
pub const STAGE: &str = "stage";

/// What a resource asks of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// A Signature Version 4 of a known identity.
    pub iam: bool,
    /// The API key in `x-api-key`.
    pub api_key: bool,
    /// Whether a signature may leave the body out (`UNSIGNED-PAYLOAD`).
    pub unsigned_payload: bool,
    /// Whether it is one of a private API: `x-apigw-api-id` names [`PRIVATE_API_ID`].
    pub private: bool,
}

/// The id of the API under `/stage/private`.
pub const PRIVATE_API_ID: &str = "a1b2c3d4e5";

const IAM: Access = Access { iam: true, api_key: false, unsigned_payload: false, private: false };

/// The first segment after the stage that picks another access than IAM.
const CLASSES: [(&str, Access); 5] = [
    ("key", Access { iam: false, api_key: true, ..IAM }),
    ("both", Access { api_key: true, ..IAM }),
    ("open", Access { iam: false, ..IAM }),
    ("unsigned-payload", Access { unsigned_payload: true, ..IAM }),
    ("private", Access { private: true, ..IAM }),
];

/// A resource of the stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    /// All movies.
    MovieList,
    /// All movies, as Server-Sent Events.
    Events,
    /// Where a movie is posted.
    Movies,
    /// One movie by year and title.
    Movie(u16, String),
    /// Answers what arrived.
    Echo,
    /// The WebSocket API's `$connect`.
    WebSocket,
    /// One WebSocket connection, by id.
    Connection(String),
}

/// A resource with what it asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// What the caller must show.
    pub access: Access,
    /// What answers.
    pub resource: Resource,
}

impl Route {
    /// The methods defined on the resource, `OPTIONS` apart.
    pub fn methods(&self) -> &'static [&'static str] {
        match self.resource {
            Resource::MovieList | Resource::Events | Resource::WebSocket => &["GET"],
            Resource::Movies => &["POST"],
            Resource::Movie(..) => &["GET", "PUT", "DELETE"],
            Resource::Echo => &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
            Resource::Connection(_) => &["GET", "POST", "DELETE"],
        }
    }

    /// Whether this method is defined (`ANY` on echo takes every method but `OPTIONS`, which is CORS).
    pub fn allows(&self, method: &str) -> bool {
        self.resource == Resource::Echo || self.methods().contains(&method)
    }
}

/// The route of an encoded path, or `None`: no such stage or resource. Segments are compared decoded, and
/// repeated slashes count, so `/stage//movie_list` is another path than `/stage/movie_list`.
pub fn find(path: &str) -> Option<Route> {
    let segments: Vec<String> = path
        .strip_prefix('/')?
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let [STAGE, rest @ ..] = segments.as_slice() else {
        return None;
    };
    let class = rest.first().and_then(|first| CLASSES.iter().find(|(name, _)| name == first));
    let (access, rest) = class.map_or((IAM, rest), |(_, access)| (*access, &rest[1..]));
    let resource = match rest {
        ["movie_list"] => Resource::MovieList,
        ["events"] => Resource::Events,
        ["movie"] => Resource::Movies,
        ["movie", year, title] if !title.is_empty() => {
            Resource::Movie(year.parse().ok()?, (*title).to_owned())
        }
        ["echo", ..] => Resource::Echo,
        ["ws"] if class.is_none() => Resource::WebSocket,
        ["@connections", id] if class.is_none() => Resource::Connection((*id).to_owned()),
        _ => return None,
    };
    Some(Route { access, resource })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_resources() {
        for (path, resource) in [
            ("/stage/movie_list", Some(Resource::MovieList)),
            ("/stage/key/movie_list", Some(Resource::MovieList)),
            ("/stage/open/events", Some(Resource::Events)),
            ("/stage/private/movie_list", Some(Resource::MovieList)),
            ("/stage/movie/1999/The%20Matrix", Some(Resource::Movie(1999, "The Matrix".into()))),
            ("/stage/movie/1999/a%2Fb", Some(Resource::Movie(1999, "a/b".into()))),
            ("/stage/open/echo//a/..", Some(Resource::Echo)),
            ("/stage/echo", Some(Resource::Echo)),
            ("/stage/ws", Some(Resource::WebSocket)),
            ("/stage/%40connections/R0o%3D", Some(Resource::Connection("R0o=".into()))),
            ("/stage/@connections/R0o=", Some(Resource::Connection("R0o=".into()))),
            ("/stage/open/ws", None),
            ("/stage//movie_list", None),
            ("/stage/movie/x/y", None),
            ("/stage", None),
            ("/other/movie_list", None),
            ("/", None),
            ("*", None),
        ] {
            assert_eq!(find(path).map(|route| route.resource), resource, "{path}");
        }
    }

    #[test]
    fn classes_ask_for_what_they_say() {
        for (path, iam, api_key) in [
            ("/stage/echo", true, false),
            ("/stage/key/echo", false, true),
            ("/stage/both/echo", true, true),
            ("/stage/open/echo", false, false),
            ("/stage/unsigned-payload/echo", true, false),
        ] {
            let access = find(path).expect(path).access;
            assert_eq!((access.iam, access.api_key), (iam, api_key), "{path}");
            assert_eq!(access.unsigned_payload, path.contains("unsigned"), "{path}");
            assert!(!access.private, "{path}");
        }
    }
}
