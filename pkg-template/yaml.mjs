// The reader of YAML, for `gatesign types`.

export { parse } from 'yaml'
