// The configuration of nginx in front of a cluster: one text for one machine, for compose and for the chart.
//   node infra/nginx/nginx-conf.mjs > infra/nginx/nginx.conf      (the one of docker-compose.yml)

/** Every service of the house, in compose each at a host of its own name. */
export const serviceNames = [
  'identity',
  'ingestion',
  'credit',
  'profiling',
  'marketplace',
  'supervision',
  'notification',
];

const proxying = `  # Deliveries of 2 GB are streamed through, not kept here; what bounds a request is silence, not length.
  client_max_body_size 2100m;
  client_body_timeout 120s;
  proxy_request_buffering off;
  proxy_buffering off;
  proxy_read_timeout 120s;
  proxy_connect_timeout 2s;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $http_host;
  # What a caller wrote of proxies is overwritten, never appended to.
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header Forwarded "";
  # Another copy is asked while nothing was sent; a command is never sent twice by us: its sender has the key.
  proxy_next_upstream error timeout;
  proxy_next_upstream_tries 2;
`;

/**
 * @param {{ services: Record<string, string[]>, portal: string, listen: string, home?: string, resolver?: string }} options
 *   `home`: a folder for everything that nginx writes, when it runs without its usual ones; `resolver`: asked again and
 *   again where the hosts are, for copies that come and go
 */
export function nginxConf({ services, portal, listen, home, resolver }) {
  return `# Made by infra/nginx/nginx-conf.mjs.
worker_processes auto;
${home ? `pid ${home}/nginx.pid;\nerror_log ${home}/logs/nginx.log warn;` : 'pid /tmp/nginx.pid;\nerror_log /dev/stderr warn;'}
events { worker_connections 4096; }

http {
  access_log off;
  server_tokens off;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `  ${kind}_temp_path ${home ?? '/tmp'}/${kind};`).join('\n')}

${proxying}
${resolver ? `  resolver ${resolver} valid=2s;\n` : ''}${Object.entries(services)
    .map(([name, hosts]) => upstream(name, hosts, resolver))
    .join('\n')}
${upstream('portal', [portal], resolver)}
  server {
    listen ${listen};
    # Counts are for who runs the house: of a fair window they would tell how many have entered. Prometheus asks the services.
    location ~ ^/(api/[a-z]+/)?metrics$ { return 404; }
${Object.keys(services)
  .map((name) => `    location /api/${name}/ { proxy_pass http://${name}; }`)
  .join('\n')}
    location / { proxy_pass http://portal; }

    error_page 502 504 = @away;
    location @away {
      internal;
      default_type application/problem+json;
      add_header Retry-After 1 always;
      return 503 '{"type":"urn:xinqiao:problem:unavailable","title":"Service Unavailable","status":503,"code":"UNAVAILABLE","detail":"The service does not answer right now. Send the same request, with its key, again."}';
    }
  }
}
`;
}

function upstream(name, hosts, resolver) {
  const zone = resolver ? `    zone ${name} 64k;\n` : '';
  const servers = hosts.map((host) => `    server ${host}${resolver ? ' resolve' : ''} max_fails=2 fail_timeout=2s;`);
  return `  upstream ${name} {\n${zone}${servers.join('\n')}\n    keepalive 64;\n  }\n`;
}

if (import.meta.filename === process.argv[1]) {
  const services = Object.fromEntries(serviceNames.map((name) => [name, [`${name}:8080`]]));
  process.stdout.write(nginxConf({ services, portal: 'front:8080', listen: '8080', resolver: '127.0.0.11' }));
}
