// Installs what tests of the AWS SDK and of uploads talk to: moto and Swift in a virtual environment, and the S3
// server.
//
//   node tests/lib/setup-sdk.mjs [FOLDER]
//
// FOLDER is the workspace's target/ by default. Prints the variables that the tests read, one NAME=VALUE
// a line; does nothing that is done already. Needs python3 (3.10 or later) and cargo.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = resolve(process.argv[2] ?? join(here, '../../target'))

/** Output goes to stderr: stdout is for the variables. */
const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 2, 2] })

function python() {
  const requirements = join(here, 'requirements.txt')
  const environment = join(folder, 'test-venv')
  const executable = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const installed = join(environment, 'installed.txt')
  const wanted = readFileSync(requirements, 'utf8')
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== wanted) {
    rmSync(environment, { recursive: true, force: true })
    run(process.env.BASE_PYTHON ?? 'python3', ['-m', 'venv', environment])
    run(executable, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
    writeFileSync(installed, wanted)
  }
  return executable
}

function s3Server() {
  const manifest = join(here, '../s3-server/Cargo.toml')
  const target = join(folder, 's3-server')
  run('cargo', ['build', '--quiet', '--locked', '--manifest-path', manifest, '--target-dir', target])
  return join(target, 'debug', process.platform === 'win32' ? 's3-server.exe' : 's3-server')
}

process.stdout.write(`PYTHON=${python()}\nS3_SERVER_BIN=${s3Server()}\n`)
