# An image that does the main job on a folder that is mounted, without a network:
#
#   docker build -t newsclaims .
#   docker run --rm --network none --user "$(id -u):$(id -g)" -v "$PWD:/work" newsclaims
#
# /work has corpus/ and gets outputs/. Any other command stands behind the image's name: newsclaims export --format sqlite
FROM python:3.11-slim

COPY pyproject.toml README.md LICENSE /src/
COPY pipeline /src/pipeline
COPY models /src/models
COPY corpus/examples /src/corpus/examples
RUN pip install --no-cache-dir /src && rm -r /src

# One thread for matrices: more cost CPU and gain nothing on matrices this small. HOME, for the user may have none.
ENV OPENBLAS_NUM_THREADS=1 HOME=/tmp
WORKDIR /work
ENTRYPOINT ["extract"]
CMD ["run"]
