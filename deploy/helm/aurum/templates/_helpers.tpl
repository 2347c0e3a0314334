{{- define "aurum.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "aurum.labels" -}}
app.kubernetes.io/name: aurum
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* What selects the pods of one component: dict "root" $ "component" name. */}}
{{- define "aurum.selector" -}}
app.kubernetes.io/name: aurum
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "aurum.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "aurum.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Environment of a process: dict "root" $ "isOwner" bool. */}}
{{- define "aurum.environment" -}}
{{- range $name, $value := .root.Values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- if .root.Values.engines.enabled }}
# The one broker that comes with the chart.
- name: AURUM__Kafka__Replication
  value: "1"
{{- end }}
{{- $owner := .isOwner }}
{{- $secret := .root.Values.secret }}
{{- range $key := $secret.keys }}
- name: {{ $key }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret.name }}
      key: {{ if and $owner (eq $key "AURUM_APP_DB_DSN") }}{{ $secret.ownerDsnKey }}{{ else }}{{ $key }}{{ end }}
{{- end }}
{{- end }}

{{/* A shell that waits until each address takes connections: dict "addresses" list. */}}
{{- define "aurum.wait" -}}
{{- range $address := .addresses }}
until (exec 3<>/dev/tcp/{{ $address | replace ":" "/" }}) 2>/dev/null; do echo "waiting for {{ $address }}"; sleep 2; done
{{- end }}
{{- end }}
