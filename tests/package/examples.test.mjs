// Every function and class of the types has an example, and the types of every example are right. Those in `js` also
// run, from docs/api.md: tests/docs/documents.test.mjs.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { importsAnother } from '../docs/markdown.mjs'
import { installed } from '../runtimes/lib/packages.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(ROOT, 'pkg-template')
const TSC = installed('typescript/bin/tsc', join(ROOT, 'xtask'))

/** What an example without imports takes from where. */
const WITHIN = { 'credentials.d.ts': 'gatesign/credentials', 'credentials-web.d.ts': 'gatesign/credentials' }

/** Handed down by the program around an example. */
const GIVEN = 'declare const idToken: string, identityPoolId: string\n'

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.d.ts') && !name.includes('.wasm.'))

/** The comments of a file that stand before a declaration with a name, and the examples in all of them. */
function documented(text) {
  const named = text.matchAll(
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export (?:declare )?(function|class|const) (\w+)|( {2})(\w+)(?:<[^>]*>)?\()/g,
  )
  const examples = text.matchAll(/^ *\* ```(?:js|ts)\n((?: *\*(?: .*)?\n)*?) *\* ```$/gm)
  return {
    names: Array.from(named, ([, comment, kind, name, indent, method]) => ({
      ...{ name: name ?? method, isMethod: indent !== undefined, kind, comment },
    })),
    examples: Array.from(examples, ([, lines]) => lines.replace(/^ *\* ?/gm, '')),
  }
}

let folder
before(() => {
  // Next to the tests' packages, where an example finds what it imports.
  const target = join(ROOT, 'node_modules/.examples')
  mkdirSync(target, { recursive: true })
  folder = mkdtempSync(join(target, 'run-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

describe('every function, class and method of a client or signer has an example', () => {
  // What takes nothing and returns nothing new; methods of a class are in the example of the class.
  const WITHOUT = ['destroy', 'toJSON']
  for (const file of files) {
    test(file, () => {
      const { names } = documented(readFileSync(join(FOLDER, file), 'utf8'))
      const asked = names.filter(
        ({ name, isMethod }) => !WITHOUT.includes(name) && (!isMethod || file === 'index.d.ts'),
      )
      const without = asked.filter(({ comment, kind, name }) => {
        const isError = kind === 'class' && name.endsWith('Error')
        return !isError && !comment.includes('```')
      })
      assert.deepEqual(
        without.map(({ name }) => name),
        [],
      )
    })
  }
})

test('the types of all examples', async () => {
  let count = 0
  for (const file of files) {
    const { examples } = documented(readFileSync(join(FOLDER, file), 'utf8'))
    // Those with a package of another project are checked next to it, by step integrations.
    for (const example of examples.filter((text) => !importsAnother(text))) {
      const from = WITHIN[file]
      const names = [...new Set(example.match(/\bfrom[A-Z]\w+/g))].join(', ')
      const isWhole = /^(import|const .* = require)/m.test(example)
      const head = isWhole || !from ? '' : `import { ${names} } from '${from}'\n`
      const isScript = /\brequire\(/.test(example)
      count += 1
      writeFileSync(
        join(folder, `${file.replace('.d.ts', '')}-${count}.${isScript ? 'cts' : 'mts'}`),
        isScript
          ? `${example.replace(/const (\w+) = require\('(.*)'\)\.default/, "import from$1 = require('$2')\nconst $1 = from$1.default")}`
          : `${GIVEN}${head}${example}\nexport {}\n`,
      )
    }
  }
  assert.ok(count > 20, `${count}`)
  const options = {
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      lib: ['es2022', 'dom', 'dom.iterable'],
      types: ['node'],
      // The environment's variables are texts here, as they are in JavaScript.
      strict: false,
      noEmit: true,
      skipLibCheck: true,
    },
    include: ['.'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options))
  await promisify(execFile)(process.execPath, [TSC, '--project', folder]).catch((error) => {
    assert.fail(error.stdout || error.message)
  })
  console.log(`counted: ${count} examples of the types`)
})
