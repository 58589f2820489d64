export interface Growing {
  name: string
  items: number
  make: (n: number) => () => unknown
}
export const MOST: number
export const MOST_IN_TESTS: number
export function least(growing: Growing): Promise<{ exponent: number; times: number[] }>
