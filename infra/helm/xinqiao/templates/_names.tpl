{{- define "xinqiao.labels" -}}
app.kubernetes.io/name: {{ .chart.Name }}
app.kubernetes.io/instance: {{ .release.Name }}
app.kubernetes.io/version: {{ .chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .release.Service }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "xinqiao.selector" -}}
app.kubernetes.io/name: {{ .chart.Name }}
app.kubernetes.io/instance: {{ .release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "xinqiao.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "xinqiao.claim" -}}
{{ .Values.storage.existingClaim | default (printf "%s-data" .Release.Name) }}
{{- end }}

{{- /* The same for every container: nobody is root, and nothing but /data and /tmp is written. */ -}}
{{- define "xinqiao.locked" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "xinqiao.podLocked" -}}
runAsNonRoot: true
runAsUser: 1000
fsGroup: 1000
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "xinqiao.settings" -}}
- { name: HOST, value: 0.0.0.0 }
- { name: PORT, value: '8080' }
- { name: METRICS_PORT, value: {{ .Values.metrics.port | quote }} }
- { name: DATA_DIR, value: /data }
- { name: DRAIN_MS, value: {{ .Values.drainMs | quote }} }
- { name: DATABASE_POOL_MAX, value: {{ .Values.database.poolMax | quote }} }
- { name: TRUST_PROXY, value: {{ .Values.trustProxy | quote }} }
- { name: KAFKA_BROKERS, value: {{ .Values.kafka.brokers | quote }} }
- { name: KAFKA_PREFIX, value: {{ .Values.kafka.prefix | quote }} }
- { name: KAFKA_REPLICATION, value: {{ .Values.kafka.replication | quote }} }
- { name: KAFKA_TLS, value: {{ ternary "1" "0" .Values.kafka.tls | quote }} }
{{- range $name, $value := .Values.settings }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- end }}

{{- /* Metrics have a port that no service and no ingress leads to: whoever watches asks each pod. */ -}}
{{- define "xinqiao.watched" -}}
prometheus.io/scrape: 'true'
prometheus.io/port: {{ .Values.metrics.port | quote }}
prometheus.io/path: /metrics
{{- end }}

{{- define "xinqiao.ports" -}}
- { name: http, containerPort: 8080 }
- { name: metrics, containerPort: {{ .Values.metrics.port }} }
{{- end }}
