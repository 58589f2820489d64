// Modules of Node that are rarely needed, loaded when they are. Bundles in ES module format have no `require`
// of Node's own modules; Node before 20.16 has nothing else.

type Builtins = {
  'node:child_process': typeof import('node:child_process')
  'node:crypto': typeof import('node:crypto')
  'node:fs': typeof import('node:fs')
  'node:http': typeof import('node:http')
  'node:https': typeof import('node:https')
  'node:os': typeof import('node:os')
  'node:path': typeof import('node:path')
  'node:util': typeof import('node:util')
}

export const builtin = <Name extends keyof Builtins>(name: Name): Builtins[Name] =>
  process.getBuiltinModule?.(name) ?? require(name)
