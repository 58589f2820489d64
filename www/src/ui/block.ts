/** Characters that a single value does not contain; `=` ends some values. */
const SEVERAL = /[\s:{[",<]|=[^=]/

/**
 * For a field with one value, into which a block with several may be pasted.
 * @param take reads a block. @returns whether there was something in it; otherwise the text goes into the field
 */
export function blockPasted(take: (text: string) => Promise<boolean>) {
  return (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text').trim() ?? ''
    if (!SEVERAL.test(text)) return
    event.preventDefault()
    const field = event.currentTarget as HTMLInputElement
    const { selectionStart, selectionEnd } = field
    void take(text)
      .catch(() => false)
      .then((isTaken) => {
        if (isTaken) return
        field.setRangeText(text, selectionStart ?? 0, selectionEnd ?? 0, 'end')
        field.dispatchEvent(new Event('input', { bubbles: true }))
      })
  }
}
