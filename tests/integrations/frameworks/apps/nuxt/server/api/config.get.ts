// The server gives the page a configuration; a real one has its own login for temporary credentials.
export default defineEventHandler(() => configOf())
