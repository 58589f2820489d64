// What the build makes of pkg-template/yaml.mjs.

declare module 'gatesign-yaml' {
  export function parse(text: string, options: { maxAliasCount: number; logLevel: 'error' }): unknown
}
