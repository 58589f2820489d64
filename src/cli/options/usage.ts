/** Wrong usage (exit code 2): the message names the option and what it got, unless that may be a secret. */
export class Usage extends Error {}
