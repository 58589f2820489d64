// UTF-8 by the platform. jsdom and some other runtimes have neither of its classes; the entries that run there
// bring some (see useText).

/** @typedef {{ TextEncoder: new () => Pick<TextEncoder, 'encode' | 'encodeInto'>, TextDecoder: new (label?: string, options?: TextDecoderOptions) => { decode(bytes: Uint8Array): string } }} Text */

/** @type {() => Text} */
let others = () => globalThis

/** @param {() => Text} load gives the classes where the runtime has none; called at the first use */
export function useText(load) {
  others = load
}

// A runtime may get them after this script was loaded.
export const newEncoder = () => new (globalThis.TextEncoder ?? others().TextEncoder)()
export const newDecoder = () =>
  new (globalThis.TextDecoder ?? others().TextDecoder)('utf-8', { ignoreBOM: true })
