// The build puts texts where they are imported: of a file, or of rules.txt the hints or what is without them.

declare module '*.txt' {
  const text: string
  export default text
}

declare module '*.txt?hints' {
  const hints: string
  export default hints
}

declare module '*.txt?rules' {
  const rules: string
  export default rules
}
