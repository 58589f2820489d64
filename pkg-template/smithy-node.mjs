// One class for both module systems.

import cjs from './smithy.cjs'

export const { SignatureV4 } = cjs
