//! Runs the sample of examples/node with a signature, with an API key and with a wrong secret.

use crate::run::{Packages, command, npm_ci};
use anyhow::{Result, bail};
use std::process::Stdio;

/// Public examples, which the local gateway knows (tests/gateway/README.md).
pub const ACCESS_KEY: &str = "AKIDEXAMPLE";
pub const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub const API_KEY: &str = "d41d8cd98f00b204e9800998ecf8427eEXAMPLE";
pub const REGION: &str = "us-east-1";

/// How many movies are shown of each result.
const MOVIES: usize = 3;

const SAMPLE: &str = "examples/node/sample.cjs";

/// All variables that the sample reads; those that a run does not set must not come from the user's
/// environment.
const VARIABLES: [&str; 6] = [
    "INVOKE_URL",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "API_KEY",
];

struct Run {
    title: &'static str,
    path: &'static str,
    variables: &'static [(&'static str, &'static str)],
    works: bool,
}

const RUNS: [Run; 3] = [
    Run {
        title: "with an IAM signature",
        path: "/stage/movie_list",
        variables: &[
            ("AWS_ACCESS_KEY_ID", ACCESS_KEY),
            ("AWS_SECRET_ACCESS_KEY", SECRET_KEY),
            ("AWS_REGION", REGION),
        ],
        works: true,
    },
    Run {
        title: "with an API key",
        path: "/stage/key/movie_list",
        variables: &[("API_KEY", API_KEY)],
        works: true,
    },
    Run {
        title: "with a wrong secret, which has to be refused",
        path: "/stage/movie_list",
        variables: &[
            ("AWS_ACCESS_KEY_ID", ACCESS_KEY),
            ("AWS_SECRET_ACCESS_KEY", "not-the-secret-of-this-access-key"),
            ("AWS_REGION", REGION),
        ],
        works: false,
    },
];

/// Runs all of them; returns an error if one has an unexpected result.
pub fn run(gateway: &str) -> Result<()> {
    npm_ci(Packages::Build)?;
    for Run { title, path, variables, works } in RUNS {
        println!("\n{SAMPLE} {title}: GET {path}\n");
        let mut node = command("node");
        node.arg(SAMPLE).stderr(Stdio::inherit());
        for name in VARIABLES {
            node.env_remove(name);
        }
        let output =
            node.envs(variables.iter().copied()).env("INVOKE_URL", format!("{gateway}{path}")).output()?;
        println!("{}", shortened(&String::from_utf8_lossy(&output.stdout)));
        if output.status.success() != works {
            bail!("{SAMPLE} {title}: {}", output.status);
        }
    }
    Ok(())
}

/// The first movies in the sample's output, and how many more there are, so that all three results fit on one
/// screen.
fn shortened(printed: &str) -> String {
    // Node prints each object of a list with braces that are indented by two spaces.
    let mut shown = Vec::new();
    let (mut movies, mut ended) = (0, 0);
    for line in printed.lines() {
        movies += usize::from(line.starts_with("  {"));
        if ended < MOVIES {
            shown.push(line);
        }
        ended += usize::from(line.starts_with("  }"));
    }
    if movies > MOVIES {
        let more = format!("  … {} more\n]", movies - MOVIES);
        return format!("{}\n{more}", shown.join("\n"));
    }
    printed.trim_end().to_owned()
}

/// What to try next.
pub fn print_addresses(gateway: &str, tester: Option<&str>) {
    if let Some(tester) = tester {
        println!("\nWeb tester   {tester}   (tab Auth: the made-up profile demo gives temporary keys)");
    }
    println!(
        "
Gateway      {gateway}/stage/movie_list   (IAM)
             {gateway}/stage/key/movie_list   (x-api-key)

  curl --aws-sigv4 aws:amz:{REGION}:execute-api --user '{ACCESS_KEY}:{SECRET_KEY}' {gateway}/stage/movie_list
  curl -H 'x-api-key: {API_KEY}' {gateway}/stage/key/movie_list

The keys are examples that only this gateway knows. Ctrl+C ends it all."
    );
}
