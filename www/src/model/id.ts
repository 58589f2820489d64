/** Sorts by time of creation. */
export const newId = () =>
  Date.now().toString(36) +
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36).padStart(2, '0')).join('')
