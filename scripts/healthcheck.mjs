// What a container engine asks: whether the process of this container takes requests.
const { APP: app = 'standalone', PORT: port = '8080' } = process.env;
const path = ['standalone', 'front'].includes(app) ? '/health/ready' : `/api/${app}/health/ready`;
const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
