// The crates that the module is made of, from what `cargo metadata` prints for wasm32 with the feature `wasm`.

/**
 * @param {any} metadata
 * @returns {{ root: string, ids: Set<string>, byId: Map<string, any>, linked: (id: string) => string[] }} `linked`
 *   gives what a crate links in: not what builds or tests it
 */
export function crates({ packages, resolve }) {
  const byId = new Map(packages.map((item) => [item.id, item]))
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]))
  const linked = (id) =>
    nodes
      .get(id)
      .deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null))
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
