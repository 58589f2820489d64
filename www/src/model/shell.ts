/** One word of a command line, for sh, bash and zsh. */
export const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
