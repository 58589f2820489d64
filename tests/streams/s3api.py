"""An S3 server on 127.0.0.1 whose signatures and checksums OpenStack Swift checks: its middleware `s3api`, over objects
in memory.

Usage: s3api.py ACCESS_KEY_ID SECRET_ACCESS_KEY
"""

import logging
import sys
import warnings
from hashlib import md5

# Swift has not left eventlet yet, which says at each start that one should.
warnings.simplefilter('ignore')

import eventlet
import eventlet.wsgi
from swift.common.middleware.s3api import s3api
from swift.common.swob import HTTPForbidden, Request, Response

ACCOUNT = 'AUTH_test'


class Auth:
    """Lets in who has the secret, as Swift's `tempauth` does, whose users are no access keys."""

    def __init__(self, app, access_key_id, secret):
        self.app = app
        self.access_key_id = access_key_id
        self.secret = secret

    def __call__(self, env, start_response):
        details = env.get('s3api.auth_details')
        if details:
            known = details['access_key'] == self.access_key_id
            if not known or not details['check_signature'](self.secret):
                return HTTPForbidden(request=Request(env))(env, start_response)
            env['REMOTE_USER'] = self.access_key_id
            env['PATH_INFO'] = env['PATH_INFO'].replace(self.access_key_id, ACCOUNT, 1)
        return self.app(env, start_response)


class Objects:
    """What of Swift's own API the middleware asks for: one account, containers, objects."""

    def __init__(self):
        self.containers = {}

    def __call__(self, env, start_response):
        request = Request(env)
        _, _, _, *rest = request.path_info.split('/', 4)
        container, name = [*rest, '', ''][:2]
        return self.answer(request, container, name)(env, start_response)

    def answer(self, request, container, name):
        if not container:
            return Response(status=204, request=request)
        if not name:
            if request.method == 'PUT':
                self.containers.setdefault(container, {})
                return Response(status=201, request=request)
            return Response(status=204 if container in self.containers else 404, request=request)
        objects = self.containers.get(container, {})
        if request.method == 'PUT':
            # All of it first: what the middleware refuses while it is read is not stored.
            parts = []
            while part := request.environ['wsgi.input'].read(65536):
                parts.append(part)
            objects[name] = b''.join(parts)
            return Response(status=201, request=request, headers={'Etag': md5(objects[name]).hexdigest()})
        if name not in objects:
            return Response(status=404, request=request)
        body = objects[name]
        return Response(request=request, body=body, headers={'Etag': md5(body).hexdigest()})


def main(access_key_id, secret):
    logging.disable(logging.CRITICAL)
    app = Auth(Objects(), access_key_id, secret)
    app = s3api.filter_factory({}, auth_pipeline_check='false', location='us-east-1')(app)
    socket = eventlet.listen(('127.0.0.1', 0))
    print(f'listening on http://127.0.0.1:{socket.getsockname()[1]}', flush=True)
    eventlet.wsgi.server(socket, app, log_output=False)


if __name__ == '__main__':
    main(*sys.argv[1:])
