// The names of API Gateway's generated SDK for JavaScript: `GET /movie/{year}/{title}` is `movieYearTitleGet`.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-generate-sdk-javascript.html

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/**
 * A word for each part of the path, then the method. Any character but a letter or digit ends a word, and the letters
 * inside a word stay as they are. `/` has no words and becomes `root`.
 *
 * @param method in upper or lower case
 */
export function methodName(path: string, method: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const [first = 'root', ...others] = words
  const verb = capitalized(method.toLowerCase())
  return first.charAt(0).toLowerCase() + first.slice(1) + others.map(capitalized).join('') + verb
}
