// Programs that the rows start: run to their end, or kept until the run is over.

import { spawn } from 'node:child_process'

const running = new Set()

/** Ends everything that was started and is still there. */
export function endAll() {
  for (const child of running) child.kill('SIGKILL')
}

/**
 * Starts a program; it is ended with the run at the latest.
 *
 * @param {string} program
 * @param {string[]} options
 * @param {import('node:child_process').SpawnOptions} [settings]
 */
export function start(program, options, settings = {}) {
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'], ...settings })
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.once('error', () => running.delete(child))
  return child
}

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {string[]} options
 * @param {{ cwd?: string, env?: object, timeout?: number }} [settings] timeout in ms
 * @returns {Promise<{ stdout: string, stderr: string }>}
 * @throws {Error} with what it printed, if it fails
 */
export function run(program, options, { cwd, env, timeout = 300_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(program, options, { cwd, env: { ...process.env, ...env } })
    const out = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', (text) => {
        out[name] += text
      })
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) return resolve(out)
      const cause = signal === 'SIGKILL' ? `was ended after ${timeout} ms` : `failed with ${code ?? signal}`
      reject(new Error(`${[program, ...options].join(' ')} ${cause}\n${out.stdout}${out.stderr}`))
    })
  })
}
