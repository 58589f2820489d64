export function download(name: string, content: Uint8Array<ArrayBuffer> | string, type: string) {
  const url = URL.createObjectURL(new Blob([content], { type: type || 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
