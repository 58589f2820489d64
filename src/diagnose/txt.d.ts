// The build puts the text of such a file where it is imported.

declare module '*.txt' {
  const text: string
  export default text
}
