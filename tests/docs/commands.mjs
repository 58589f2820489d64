// Every command that a document tells its reader to type, and which step of `cargo xtask test` runs it.
// A command that is not here fails the check of the documents.

const BY_A_STEP = {
  'cargo xtask demo': 'tests/docs/demo.test.mjs',
  'cargo xtask test': 'is what runs this',
  'cargo xtask test --quick': 'is a part of what runs this',
  'cargo xtask test --list': 'tests/docs/demo.test.mjs',
  'cargo xtask build': 'step package',
  'cargo xtask package': 'step release',
  'cargo build --release -p gateway': 'every step that needs the gateway',
  'GATEWAY_BIN=$PWD/target/release/gateway node tests/runtimes/run.mjs --write-docs':
    'step runtimes, which writes nothing',
  'GATEWAY_BIN=$PWD/target/release/gateway node tests/integrations/run.mjs --write-docs':
    'step integrations, which writes nothing',
  // www/README.md
  'npx vite': 'tests/docs/www.test.mjs',
  'npx vitest run': 'step tester-unit',
  'node scripts/screenshots.mjs': 'tests/docs/www.test.mjs',
  'npm install gatesign': 'step runtimes, from the tarball',
  'cargo run -p gateway -- --port 8080': 'the program: step js; its options: step native',
  'cargo test -p gateway': 'step native',
  'node --test tests/credentials/download.test.mjs': 'step js',
  'node --test tests/streams/memory.test.mjs': 'step js',
}

/** Commands of the package: terminal.test.mjs runs each of them. */
export const isOfTerminal = (line) => line.startsWith('npx gatesign ')

/** @param {string} line */
export function isCovered(line) {
  const command = line.replace(/\s+#.*$/, '').trim()
  return isOfTerminal(command) || Object.hasOwn(BY_A_STEP, command)
}
