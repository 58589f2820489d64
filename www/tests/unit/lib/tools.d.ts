declare module 'newman'
declare module 'openapi-to-postmanv2'
