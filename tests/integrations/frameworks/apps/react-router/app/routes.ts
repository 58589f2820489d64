import { index, type RouteConfig, route } from '@react-router/dev/routes'

export default [
  index('routes/home.tsx'),
  route('api', 'routes/api.ts'),
  route('client', 'routes/client.tsx'),
] satisfies RouteConfig
