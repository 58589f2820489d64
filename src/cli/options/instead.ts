// Options of curl that call does not have.

/** What to use instead of options that people know from curl, by long name. */
export const INSTEAD = new Map([
  ['location-trusted', 'it would send the signature to another host; -L keeps it with the first origin'],
  ['config', 'give the options themselves'],
  ['next', 'call sends one request: run the command again'],
  ['parallel', 'call sends one request: run the command again'],
  ['cookie-jar', 'call keeps no cookies; -b sends one'],
  ['continue-at', '-r FROM- asks for the rest'],
  ['remote-header-name', '-o names the file'],
  ['digest', 'only Basic (-u with --no-sign) and AWS signatures are sent'],
  ['ntlm', 'only Basic (-u with --no-sign) and AWS signatures are sent'],
  ['negotiate', 'only Basic (-u with --no-sign) and AWS signatures are sent'],
  ['anyauth', 'only Basic (-u with --no-sign) and AWS signatures are sent'],
  ['oauth2-bearer', "-H 'Authorization: Bearer TOKEN' with --no-sign"],
  ['socks5', '-x socks5://HOST:PORT'],
  ['socks5-hostname', '-x socks5h://HOST:PORT'],
  ['preproxy', '-x'],
  ['http3', 'call speaks HTTP/1.1'],
  ['http3-only', 'call speaks HTTP/1.1'],
  ['http2-prior-knowledge', 'call speaks HTTP/1.1'],
  ['path-as-is', 'dot segments are resolved before the request is signed; write them as %2E'],
  ['trace', '-v'],
  ['trace-ascii', '-v'],
  ['limit-rate', '-m bounds the time'],
  ['request-target', 'the URL is what is signed'],
])
