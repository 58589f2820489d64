// UTF-8 by the platform. jsdom and some other runtimes have neither of its classes; the entries that run there
// bring some (see useText).

export type Text = {
  TextEncoder: new () => Pick<TextEncoder, 'encode' | 'encodeInto'>
  TextDecoder: new (label?: string, options?: TextDecoderOptions) => { decode(bytes: Uint8Array): string }
}

let others: () => Text = () => globalThis

/** @param load gives the classes where the runtime has none; called at the first use */
export function useText(load: () => Text) {
  others = load
}

// A runtime may get them after this script was loaded.
export const newEncoder = () => new (globalThis.TextEncoder ?? others().TextEncoder)()
export const newDecoder = () =>
  new (globalThis.TextDecoder ?? others().TextDecoder)('utf-8', { ignoreBOM: true })
