"""Run by Alembic: works on the connection and in the transaction that `migrate` hands over."""

from alembic import context

from library.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    # SQLite can change a column only by copying its table.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
