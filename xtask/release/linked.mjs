// Finds the crates in the module, from the output of `cargo metadata` for wasm32 with these features. That output has
// the features that any crate of the workspace enables; `cargo tree` says what this crate links.

import { execFileSync } from 'node:child_process'

/** All features that any of the modules is built with, except the default ones. */
export const FEATURES = 'wasm,v4a'

const TREE = [
  ...['tree', '--locked', '--package', 'gatesign', '--edges', 'normal', '--features', FEATURES],
  ...['--target', 'wasm32-unknown-unknown', '--prefix', 'none', '--format', '{p}'],
]

/** `NAME@VERSION` of each crate. */
function inTree() {
  const lines = execFileSync('cargo', TREE, { encoding: 'utf8' }).trim().split('\n')
  return new Set(lines.map((line) => line.replace(/^(\S+) v(\S+).*$/, '$1@$2')))
}

/**
 * @param {any} metadata
 * @returns {{ root: string, ids: Set<string>, byId: Map<string, any>, linked: (id: string) => string[] }} `linked`
 *   returns what a crate links, without what builds or tests it
 */
export function crates({ packages, resolve }) {
  const byId = new Map(packages.map((item) => [item.id, item]))
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]))
  const shipped = inTree()
  const isShipped = (id) => shipped.has(`${byId.get(id).name}@${byId.get(id).version}`)
  const linked = (id) =>
    nodes
      .get(id)
      .deps.filter(({ dep_kinds, pkg }) => isShipped(pkg) && dep_kinds.some(({ kind }) => kind === null))
      .map(({ pkg }) => pkg)
  const ids = new Set()
  function visit(id) {
    if (ids.has(id)) return
    ids.add(id)
    linked(id).forEach(visit)
  }
  visit(resolve.root)
  return { root: resolve.root, ids, byId, linked }
}
