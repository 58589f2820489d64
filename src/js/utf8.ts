// UTF-8 with the platform's classes. jsdom and some other runtimes do not have them; the entries for those set
// replacements (see useText).

export type Text = {
  TextEncoder: new () => Pick<TextEncoder, 'encode' | 'encodeInto'>
  TextDecoder: new (label?: string, options?: TextDecoderOptions) => { decode(bytes: Uint8Array): string }
}

let others: () => Text = () => globalThis

/** @param load returns the classes if the runtime has none; called at the first use */
export function useText(load: () => Text) {
  others = load
}

// A runtime may get the classes after this script was loaded.
export const newEncoder = () => new (globalThis.TextEncoder ?? others().TextEncoder)()
export const newDecoder = () =>
  new (globalThis.TextDecoder ?? others().TextDecoder)('utf-8', { ignoreBOM: true })
