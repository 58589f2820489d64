// Defects of the old package that more than one row of the drop-in table shows, or whose row does not say it.

// The path and the query of a signed request.
export const CHARACTERS_IN_PATH = 'signs characters of the path unescaped'
export const LISTS_IN_PATH = 'signs the separators of a list in the path unescaped'
export const QUERY_IN_PATH = 'signs a query in invokeUrl or the template as part of the path'
export const EMPTY_PATH = 'signs an empty path as an empty line'
export const SLASHES = 'signs empty segments as they are'
export const DOT_SEGMENTS = 'lets a parameter lead to another path'
export const NO_SLASH = 'joins a bare host and the template to another host'
export const LOST_VALUES = 'expands dates and bigints to nothing'
export const STAR_IN_QUERY = 'signs a star in a query in lower case'
export const NAMES_IN_QUERY = 'does not encode the names in a query'
export const USER_IN_URL = 'lets a user name in invokeUrl replace the signature'

// Headers and credentials.
export const CASE_OF_HEADERS = 'knows its own headers in one case only'
export const SPACES_IN_HEADERS = 'signs the spaces of a header as they are'
export const ORDER_OF_HEADERS = 'sorts headers by the rules of a language'
export const REPLACED_HEADERS = 'signs headers that are replaced or lost afterwards'
export const LATIN_1 = 'signs Latin-1 headers as UTF-8'
export const LOST_TYPE = 'replaces the content type of a request without a body'
export const HEADERS_OF_CONFIG = 'does not apply the headers of the config as those of a call'
export const UNSIGNED_TOKEN = 'does not sign the session token'
export const UNSIGNED_PORT = 'signs the host without its port'

// Values of options and arguments.
export const NULL_OPTIONS = 'takes null and texts in the config for values'
export const NULL_AS_TEXT = 'sends null, undefined and objects as words'
export const LISTS_AS_TEXT = 'joins lists in a query by commas only'
export const OTHER_OBJECTS = 'loses or refuses objects that are not plain'
export const CHANGED_ARGUMENTS = 'changes the objects of the caller'
export const THROWN_ERRORS = 'throws instead of rejecting'
export const EMPTY_METHOD = 'signs an empty method and sends GET'

// The body.
export const TYPE_OF_JSON = 'signs JSON of another content type with a constant hash'
export const OTHER_BODIES = 'signs bytes with a constant hash, or loses them'
export const QUOTED_TWICE = 'quotes JSON text again'
export const LOST_BODIES = 'sends no body for numbers, booleans and most objects'

// The answer.
export const TYPE_OF_ANSWER = 'reads every answer as a text'
export const NEGATIVE_TIMEOUT = 'ends the process at a negative timeout'
export const NO_CONDITION = 'has no condition for the retries of signed requests'
export const REDIRECTS = 'sends signature and API key on to where a redirect leads'
