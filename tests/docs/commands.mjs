// Every command that a document tells its reader to type, and which step of `cargo xtask test` runs it.
// A command that is not here fails the check of the documents.

const BY_A_STEP = {
  'cargo xtask demo': 'tests/docs/demo.test.mjs',
  'cargo xtask test': 'is what runs this',
  'cargo xtask test --list': 'tests/docs/demo.test.mjs',
  'cargo xtask build': 'step package',
  'cargo xtask package': 'step release',
  'cargo build --release -p gateway': 'every step that needs the gateway',
  'GATEWAY_BIN=$PWD/target/release/gateway node tests/runtimes/run.mjs --write-docs':
    'step runtimes, which writes nothing',
  // www/README.md
  'npm ci': 'step tester-unit',
  'npx vite': 'tests/docs/www.test.mjs',
  'npx vitest run': 'step tester-unit',
  'node scripts/screenshots.mjs': 'tests/docs/www.test.mjs',
  'npm install gatesign': 'step runtimes, from the tarball',
  'cargo run -p gateway -- --port 8080': 'the program: step js; its options: step native',
  'cargo test -p gateway': 'step native',
}

const URL_PATTERN = 'https://abc123\\.execute-api\\.us-east-1\\.amazonaws\\.com/\\S+'

/** Commands of the package: their options are tried in tests/js/cli.test.mjs and serve.test.mjs. */
const CLI = [
  `npx gatesign call ${URL_PATTERN}`,
  `npx gatesign presign --expires \\d+ ${URL_PATTERN}`,
  `npx gatesign explain ${URL_PATTERN}`,
  'npx gatesign diagnose < error\\.txt',
  'npx gatesign serve( --forward abc123\\.execute-api\\.us-east-1\\.amazonaws\\.com)?',
]

/** @param {string} line */
export function isCovered(line) {
  const command = line.replace(/\s+#.*$/, '').trim()
  return Object.hasOwn(BY_A_STEP, command) || CLI.some((pattern) => new RegExp(`^${pattern}$`).test(command))
}
