/** Headers of API Gateway that a page can read only if the API exposes them. */
const TELLING = ['x-amzn-requestid', 'x-amzn-errortype', 'x-amz-apigw-id', 'apigw-requestid', 'date']

export function Headers({ headers }: { headers: [string, string][] }) {
  const hidden = !headers.some(([name]) => TELLING.includes(name))
  return (
    <div class="headers">
      <table>
        <thead>
          <tr>
            <th scope="col">Header</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {headers.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" class="mono">
                {name}
              </th>
              <td class="mono">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden && (
        <p class="muted">
          A page of another origin sees few headers. To see request ids and error types, let the API answer{' '}
          <code>Access-Control-Expose-Headers: x-amzn-requestid,x-amzn-errortype</code>.
        </p>
      )}
    </div>
  )
}
