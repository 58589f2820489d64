export interface Growing {
  name: string
  items: number
  make: (n: number) => () => unknown
}
export const MOST: number
export function least(growing: Growing): Promise<{ exponent: number; times: number[] }>
